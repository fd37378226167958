package cdcl

// heap has the most active variable on top.
type heap struct {
	items    []int
	at       []int // where each variable is, -1 if nowhere
	activity []float64
	bonus    float64
}

func (h *heap) init(n int) {
	h.at, h.activity, h.bonus = make([]int, n), make([]float64, n), 1
	for v := range n {
		h.at[v] = v
		h.items = append(h.items, v)
	}
}

func (h *heap) less(i, j int) bool {
	a, b := h.items[i], h.items[j]
	if h.activity[a] != h.activity[b] {
		return h.activity[a] > h.activity[b]
	}
	return a < b
}

func (h *heap) swap(i, j int) {
	h.items[i], h.items[j] = h.items[j], h.items[i]
	h.at[h.items[i]], h.at[h.items[j]] = i, j
}

func (h *heap) up(i int) {
	for i > 0 && h.less(i, (i-1)/2) {
		h.swap(i, (i-1)/2)
		i = (i - 1) / 2
	}
}

func (h *heap) down(i int) {
	for {
		c := 2*i + 1
		if c >= len(h.items) {
			return
		}
		if c+1 < len(h.items) && h.less(c+1, c) {
			c++
		}
		if !h.less(c, i) {
			return
		}
		h.swap(i, c)
		i = c
	}
}

func (h *heap) push(v int) {
	if h.at[v] < 0 {
		h.at[v] = len(h.items)
		h.items = append(h.items, v)
		h.up(h.at[v])
	}
}

func (h *heap) pop() (int, bool) {
	if len(h.items) == 0 {
		return 0, false
	}
	v, last := h.items[0], len(h.items)-1
	h.swap(0, last)
	h.items, h.at[v] = h.items[:last], -1
	h.down(0)
	return v, true
}

// bump makes a variable more active; decay makes all others less so.
func (h *heap) bump(v int) {
	if h.activity[v] += h.bonus; h.activity[v] > 1e100 {
		for i := range h.activity {
			h.activity[i] *= 1e-100
		}
		h.bonus *= 1e-100
	}
	if h.at[v] >= 0 {
		h.up(h.at[v])
	}
}

func (h *heap) decay() { h.bonus /= 0.95 }
