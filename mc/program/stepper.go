package program

// Stepper computes successors of many states at a time. It is how a search
// sees a Program: a closure level and a WebAssembly level stand behind it. A
// Stepper belongs to one goroutine.
//
// Whatever is rare is left to a Machine: a Stepper only says which states a
// Machine has to look at.
type Stepper interface {
	// Expand computes the successors of the states with the given keys, one
	// after the other, and adds them to b.
	Expand(keys []uint64, b *Batch)
	// Examine writes for each of the states with the given keys which state
	// alarms go off: bit i of out[n] stands for alarm i of state n.
	Examine(keys []uint64, out []uint64)
	// Arm switches the step alarm i off and on again. All are on at first.
	Arm(i int, on bool)
	// Counts returns what has been counted so far, by action.
	Counts() []Count
	// Close frees what the Stepper holds outside Go's memory.
	Close()
}

// Watch is what a Stepper looks out for besides successors.
type Watch struct {
	// Bounds are conditions on states that are to be explored.
	Bounds []*Predicate
	// Steps are alarms about steps: states before and after.
	Steps []Alarm
	// States are alarms about single states, at most 64.
	States []Alarm
}

// Alarm goes off where a predicate has the truth value When, or fails.
type Alarm struct {
	Pred *Predicate
	When bool
}

// Batch is what Expand produces. The caller empties it.
type Batch struct {
	Keys  []uint64 // of successors, Layout.Words each
	Metas []Meta   // beside them
	// Stuck are sources without any successor.
	Stuck []uint32
	// Redo are sources that only a Machine can deal with: a step failed, or an
	// alarm about a step went off. None of their successors is in Keys and
	// none of their steps is counted.
	Redo []uint32
	// Generated counts successors, also those that are left out of Keys
	// because they are their own source.
	Generated uint64
}

// Reset empties a Batch.
func (b *Batch) Reset() {
	b.Keys, b.Metas, b.Stuck, b.Redo, b.Generated = b.Keys[:0], b.Metas[:0], b.Stuck[:0], b.Redo[:0], 0
}

// Meta says where a successor comes from: the number of the source in the call
// of Expand, the action, and whether a bound cuts the successor off.
type Meta uint32

const (
	metaCut     = 1 << 31
	metaActions = 12 // bits
)

// MaxSources is how many states one Expand takes, MaxActions how many actions
// there may be.
const (
	MaxSources = 1 << (31 - metaActions)
	MaxActions = 1<<metaActions - 1
)

// MakeMeta returns a Meta.
func MakeMeta(source, action int, cut bool) Meta {
	m := Meta(source<<metaActions | action)
	if cut {
		m |= metaCut
	}
	return m
}

// Source returns the number of the source.
func (m Meta) Source() int { return int(m &^ metaCut >> metaActions) }

// Action returns the index of the action.
func (m Meta) Action() int { return int(m & MaxActions) }

// Cut reports whether the successor is outside the bounds.
func (m Meta) Cut() bool { return m&metaCut != 0 }
