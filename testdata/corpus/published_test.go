package corpus_test

// figures are counts of a search; depth is in steps.
type figures struct{ distinct, generated, depth int64 }

// published is what the authors of a model publish, in manifest.json of its
// folder in tlaplus/Examples. Depths there count states; here they are steps, one
// less.
type published struct {
	file, model string
	source      string // below specifications/
	theirs      figures
	// why says how ours differ, if they do.
	why string
}

// publications are all models of the corpus but DieHard, whose published run
// stops at the solution.
var publications = [...]published{
	{"alternating_bit", "Two", "SpecifyingSystems/TLC/MCAlternatingBit", figures{240, 1392, 9}, ""},
	{"bakery", "FromInvariant", "Bakery-Boulangerie/MCBakery", figures{655200, 3403584, 0}, ""},
	{"barrier", "Six", "barriers/Barrier", figures{64, 194, 6}, ""},
	{"chameneos", "Four", "Chameneos/Chameneos", figures{34534, 104697, 12}, ""},
	{"chang_roberts", "Three", "chang_roberts/MCChangRoberts", figures{137, 227, 9}, ""},
	{"cigarette_smokers", "Three", "CigaretteSmokers/CigaretteSmokers", figures{6, 15, 1}, ""},
	{"coffee_can", "Hundred", "CoffeeCan/CoffeeCan", figures{5150, 20002, 0}, "2 final states are terminal"},
	{"dining_philosophers", "Five", "DiningPhilosophers/DiningPhilosophers", figures{67, 336, 28}, ""},
	{"ewd840", "Three", "ewd840/EWD840", figures{302, 2001, 9}, "TLC counts alternatives of guards"},
	{"inner_fifo", "Three", "SpecifyingSystems/FIFO/MCInnerFIFO", figures{3864, 9660, 10}, ""},
	{"internal_memory", "Two", "SpecifyingSystems/CachingMemory/MCInternalMemory", figures{4408, 21400, 9}, ""},
	{"lamport_mutex", "Three", "lamport_mutex/MCLamportMutex", figures{724274, 2729079, 60}, ""},
	{"lock", "Two", "locks_auxiliary_vars/Lock", figures{12, 21, 4}, ""},
	{"moving_cat", "Five", "Moving_Cat_Puzzle/Cat", figures{30, 78, 0}, ""},
	{"nano", "Small", "NanoBlockchain/MCNano", figures{3003, 6083, 6}, "2820 final states are terminal"},
	{"paxos", "One", "Paxos/MCPaxos", figures{25, 82, 8}, ""},
	{"peterson", "Two", "locks_auxiliary_vars/Peterson", figures{42, 77, 10}, ""},
	{"prisoners", "Four", "Prisoners/Prisoners", figures{214, 860, 13}, ""},
	{"simple", "Five", "TeachingConcurrency/Simple", figures{723, 1842, 10}, "31 final states are terminal"},
	{"simple_allocator", "Three", "allocator/SimpleAllocator", figures{400, 1633, 5}, ""},
	{"simple_regular", "Eight", "TeachingConcurrency/SimpleRegular", figures{277726, 1454776, 24}, "255 final states are terminal"},
	{"tcommit", "Three", "transaction_commit/TCommit", figures{34, 94, 6}, ""},
	{"token_ring", "Six", "ewd426/TokenRing", figures{46656, 248832, 0}, ""},
	{"twophase", "Three", "transaction_commit/TwoPhase", figures{288, 1146, 10}, ""},
	{"voting", "Three", "Paxos/MCVoting", figures{77, 451, 10}, "under symmetry; all states here"},
}
