package mc

// Lonely returns opt with all workers at work from so many states on.
func Lonely(opt Options, n uint64) Options {
	opt.lonely = n
	return opt
}

// Large returns opt with reductions thought about from so many states on.
func Large(opt Options, n uint64) Options {
	opt.large = n
	return opt
}
