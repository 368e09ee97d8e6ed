/* SPDX-License-Identifier: ISC */
/*
 * Letting others go first where the processor is short: what is done beside the screen gives way to whoever presses
 * keys. Knows: the system's scheduler. Owns: whether any thread has given way. Fails: never; where the system cannot do
 * it (other than Linux, where a priority is a thread's, and inherited), nothing happens.
 */
#ifndef BASE_WAY_H
#define BASE_WAY_H

/* From now on this thread, and those that it starts, come after the program's others. */
void way_give(void);

/* The same once more, after those that called way_give: for what they have in store. Before any did, nothing. */
void way_give_more(void);

/* Between two pieces of work: who waits for this processor runs now. A scheduler gives a thread the rest of its slice,
 * some milliseconds, even where one wakes that comes before it. Before any thread called way_give, and within half a
 * millisecond of the last time, nothing: so it costs little, wherever it stands. */
void way_let(void);

#endif
