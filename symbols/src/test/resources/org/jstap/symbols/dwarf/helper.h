/* A function of a header with code of its own in the unit that includes it. */
static __attribute__((noinline)) int from_header(int x)
{
	return x * 3;
}
