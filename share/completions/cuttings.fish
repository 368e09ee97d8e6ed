# SPDX-License-Identifier: ISC
# Completion for cuttings in fish: commands, options, and the values of some.

# Whether so many words stand before the one that is being typed.
function __cuttings_at
    test (count (commandline -opc)) -eq $argv[1]
end

# Whether the line is of this command, or of none ("").
function __cuttings_is
    set -l words (commandline -opc)
    contains -- "$words[2]" $__cuttings_commands
    or set words[2] ''
    test "$words[2]" = "$argv[1]"
end

# table fish begins (make update)
set -g __cuttings_commands index list search show parse export shelf state rules check
complete -c cuttings -n '__cuttings_at 1' -a index -d 'bring the cache up to date'
complete -c cuttings -n '__cuttings_at 1' -a list -d 'print the article list'
complete -c cuttings -n '__cuttings_at 1' -a search -d 'print the articles that match, the best first'
complete -c cuttings -n '__cuttings_at 1' -a show -d 'print one article; REF is its id, its locator or a path'
complete -c cuttings -n '__cuttings_at 1' -a parse -d 'print what each file'\''s lines were taken for; no cache is read or written'
complete -c cuttings -n '__cuttings_at 1' -a export -d 'write notes and highlights with where they are from, or the articles REF'
complete -c cuttings -n '__cuttings_at 1' -a shelf -d 'print the corpora opened before, the last one first'
complete -c cuttings -n '__cuttings_at 1' -a state -d 'write the reading state as text, join it with other machines'\'', or check it'
complete -c cuttings -n '__cuttings_at 1' -a rules -d 'print the rules made of corrections; with a corpus, what each changes there'
complete -c cuttings -n '__cuttings_at 1' -a check -d 'list what could not be read, and see whether the cache is whole'
complete -c cuttings -n '__cuttings_is ""' -s s -l sort -x -a 'date site title length comments file relevance read starred' -d 'how the articles are ordered'
complete -c cuttings -n '__cuttings_is ""' -s r -l reverse -d 'turn the order round'
complete -c cuttings -n '__cuttings_is ""' -s c -l cache -r -F -d 'keep the cache in FILE, a cache or a new file'
complete -c cuttings -n '__cuttings_is ""' -s m -l memory -d 'keep cache and reading state in memory only'
complete -c cuttings -n '__cuttings_is ""' -s R -l restricted -d 'read these corpora and do nothing else'
complete -c cuttings -n '__cuttings_is ""' -s E -l ephemeral -d 'write nothing: read the cache as it stands, keep marks in memory'
complete -c cuttings -n '__cuttings_is ""' -s h -l help -d 'print this help and end'
complete -c cuttings -n '__cuttings_is ""' -s V -l version -d 'print the version and end'
complete -c cuttings -n '__cuttings_is index' -s c -l cache -r -F -d 'keep the cache in FILE, a cache or a new file'
complete -c cuttings -n '__cuttings_is index' -s q -l quiet -d 'say nothing but faults'
complete -c cuttings -n '__cuttings_is index' -s h -l help -d 'print this help and end'
complete -c cuttings -n '__cuttings_is index' -s V -l version -d 'print the version and end'
complete -c cuttings -n '__cuttings_is list' -s f -l format -x -a 'text json' -d 'how to print'
complete -c cuttings -n '__cuttings_is list' -s s -l sort -x -a 'date site title length comments file relevance read starred' -d 'how the articles are ordered'
complete -c cuttings -n '__cuttings_is list' -s r -l reverse -d 'turn the order round'
complete -c cuttings -n '__cuttings_is list' -s n -l limit -x -a '' -d 'print that many at most'
complete -c cuttings -n '__cuttings_is list' -s c -l cache -r -F -d 'keep the cache in FILE, a cache or a new file'
complete -c cuttings -n '__cuttings_is list' -s m -l memory -d 'keep cache and reading state in memory only'
complete -c cuttings -n '__cuttings_is list' -s h -l help -d 'print this help and end'
complete -c cuttings -n '__cuttings_is list' -s V -l version -d 'print the version and end'
complete -c cuttings -n '__cuttings_is search' -s f -l format -x -a 'text json' -d 'how to print'
complete -c cuttings -n '__cuttings_is search' -s s -l sort -x -a 'date site title length comments file relevance read starred' -d 'how the articles are ordered'
complete -c cuttings -n '__cuttings_is search' -s r -l reverse -d 'turn the order round'
complete -c cuttings -n '__cuttings_is search' -s n -l limit -x -a '' -d 'print that many at most'
complete -c cuttings -n '__cuttings_is search' -s c -l cache -r -F -d 'keep the cache in FILE, a cache or a new file'
complete -c cuttings -n '__cuttings_is search' -s m -l memory -d 'keep cache and reading state in memory only'
complete -c cuttings -n '__cuttings_is search' -s h -l help -d 'print this help and end'
complete -c cuttings -n '__cuttings_is search' -s V -l version -d 'print the version and end'
complete -c cuttings -n '__cuttings_is show' -s f -l format -x -a 'text json' -d 'how to print'
complete -c cuttings -n '__cuttings_is show' -s c -l cache -r -F -d 'keep the cache in FILE, a cache or a new file'
complete -c cuttings -n '__cuttings_is show' -s m -l memory -d 'keep cache and reading state in memory only'
complete -c cuttings -n '__cuttings_is show' -s h -l help -d 'print this help and end'
complete -c cuttings -n '__cuttings_is show' -s V -l version -d 'print the version and end'
complete -c cuttings -n '__cuttings_is parse' -s f -l format -x -a 'text json' -d 'how to print'
complete -c cuttings -n '__cuttings_is parse' -s e -l explain -d 'say for each line what decided on its kind'
complete -c cuttings -n '__cuttings_is parse' -s h -l help -d 'print this help and end'
complete -c cuttings -n '__cuttings_is parse' -s V -l version -d 'print the version and end'
complete -c cuttings -n '__cuttings_is export' -s f -l format -x -a 'markdown text json' -d 'how to print'
complete -c cuttings -n '__cuttings_is export' -s c -l cache -r -F -d 'keep the cache in FILE, a cache or a new file'
complete -c cuttings -n '__cuttings_is export' -s C -l corpus -r -F -d 'the corpus that is meant; several together'
complete -c cuttings -n '__cuttings_is export' -s h -l help -d 'print this help and end'
complete -c cuttings -n '__cuttings_is export' -s V -l version -d 'print the version and end'
complete -c cuttings -n '__cuttings_is shelf' -s f -l format -x -a 'text json' -d 'how to print'
complete -c cuttings -n '__cuttings_is shelf' -s h -l help -d 'print this help and end'
complete -c cuttings -n '__cuttings_is shelf' -s V -l version -d 'print the version and end'
complete -c cuttings -n '__cuttings_is state' -s c -l cache -r -F -d 'keep the cache in FILE, a cache or a new file'
complete -c cuttings -n '__cuttings_is state' -s q -l quiet -d 'say nothing but faults'
complete -c cuttings -n '__cuttings_is state' -s h -l help -d 'print this help and end'
complete -c cuttings -n '__cuttings_is state' -s V -l version -d 'print the version and end'
complete -c cuttings -n '__cuttings_is state; and __cuttings_at 2' -f -a 'export merge check'
complete -c cuttings -n '__cuttings_is rules' -s f -l format -x -a 'text json rules' -d 'how to print'
complete -c cuttings -n '__cuttings_is rules' -s c -l cache -r -F -d 'keep the cache in FILE, a cache or a new file'
complete -c cuttings -n '__cuttings_is rules' -s m -l memory -d 'keep cache and reading state in memory only'
complete -c cuttings -n '__cuttings_is rules' -s d -l drop -x -a '' -d 'take the rule of that number back'
complete -c cuttings -n '__cuttings_is rules' -s h -l help -d 'print this help and end'
complete -c cuttings -n '__cuttings_is rules' -s V -l version -d 'print the version and end'
complete -c cuttings -n '__cuttings_is check' -s f -l format -x -a 'text json' -d 'how to print'
complete -c cuttings -n '__cuttings_is check' -s c -l cache -r -F -d 'keep the cache in FILE, a cache or a new file'
complete -c cuttings -n '__cuttings_is check' -s q -l quiet -d 'say nothing but faults'
complete -c cuttings -n '__cuttings_is check' -s h -l help -d 'print this help and end'
complete -c cuttings -n '__cuttings_is check' -s V -l version -d 'print the version and end'
# table fish ends
