#include "helper.h"

extern void declared_only(int);
extern __attribute__((cold)) void fatal(int);

/* Inlined into one caller, called by address through the other: abstract, and with code of its own. */
static inline int both_ways(int x)
{
	return x + 17;
}

/* Only ever inlined. */
static inline __attribute__((always_inline)) int only_inlined(int x)
{
	return x ^ 5;
}

static __attribute__((noinline)) int plain_static(int x)
{
	return from_header(x) + only_inlined(x);
}

/* Has an unlikely part, so its code lies in two ranges. */
int two_ranges(int x)
{
	if (x == 42) {
		fatal(x);
		fatal(x + 1);
		fatal(x + 2);
	}
	declared_only(x);
	return plain_static(x) + both_ways(x);
}

int (*global_function(void))(int)
{
	return both_ways;
}
