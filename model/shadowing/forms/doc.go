// Package forms reads sign-up forms, which word things their own way: whom a row
// means, when they can come, and what they sign up for.
package forms
