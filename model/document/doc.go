// Package document holds the content of a paper and writes it as text, Markdown
// or HTML.
package document
