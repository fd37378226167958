package mc

// Lonely returns opt with all workers at work from so many states on.
func Lonely(opt Options, n uint64) Options {
	opt.lonely = n
	return opt
}
