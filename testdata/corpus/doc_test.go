// Package corpus_test checks the figures of the corpus: what the models expect
// of the engine, and what the README claims beyond that.
package corpus_test
