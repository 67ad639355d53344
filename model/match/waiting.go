package match

// Waiting names somebody who signed up to visit and got no visit, and why.
type Waiting struct {
	Person string `json:"person"`
	Reason string `json:"reason"`
	// Host is who could have been visited but for the reason, when there is
	// one such.
	Host string `json:"host,omitempty"`
	// Cost is what a visit to Host would take from the value of the plan.
	Cost int64 `json:"cost,omitempty"`
}
