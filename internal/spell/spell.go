// Package spell guesses which name was meant by a misspelt one.
package spell

import "strings"

// Nearest returns the candidate that is most like name, or "" if none is
// close: a change of case in a name of one or two letters, one edit up to four
// letters, two up to eight, three beyond. Of equally near candidates the first
// wins. A change of case counts half an edit.
func Nearest(name string, candidates []string) string {
	best, limit := "", 2*(1+min(2, (len(name)-1)/4))+1
	if len(name) <= 2 {
		limit = 2
	}
	for _, c := range candidates {
		if c == name || abs(len(c)-len(name)) > limit/2 {
			continue
		}
		if d := distance(name, c); d < limit {
			best, limit = c, d
		}
	}
	return best
}

// distance is twice the number of insertions, deletions, substitutions and
// swaps of neighbours that turn a into b (optimal string alignment, after
// Damerau, CACM 7 (1964)); a change of case alone costs half.
func distance(a, b string) int {
	rows := [3][]int{make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)}
	before, last, row := rows[0], rows[1], rows[2]
	for j := range last {
		last[j] = 2 * j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = 2 * i
		for j := 1; j <= len(b); j++ {
			row[j] = min(last[j]+2, row[j-1]+2, last[j-1]+substitution(a[i-1], b[j-1]))
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+2)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}

func substitution(a, b byte) int {
	switch {
	case a == b:
		return 0
	case strings.EqualFold(string(a), string(b)):
		return 1
	}
	return 2
}

func abs(n int) int { return max(n, -n) }
