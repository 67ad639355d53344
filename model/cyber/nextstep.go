package cyber

import "interlocal/model/cyber/framework"

// WeakestPart says how a question is answered that asks for several things.
const WeakestPart = "Several parts? Answer for the weakest."

// NextStep says what has to be true for the level after l, for this item.
func NextStep(it framework.Item, l Level) string {
	or := func(own, general string) string {
		if own != "" {
			return own
		}
		return general
	}
	s := it.Steps
	switch l {
	case NotPerformed:
		return "For 2: " + or(s.Two, "most of the work gets done, written or not. Where it leads: "+it.InPlace)
	case Informal:
		return "For 3: " + or(s.Three, "an adopted policy says that this is to be done and who answers for it. "+
			"Where it leads: "+it.InPlace)
	case Documented:
		return "For 4: " + or(s.Four, "the steps begin to be written down, so that someone new could follow them. "+
			"Start with: "+it.InPlace)
	case PartlyStandard:
		return "For 5: " + it.InPlace
	case RiskAccepted:
		return "Accepted. For 5 by doing: " + it.InPlace
	case InProcess:
		return "For 6: " + it.Proof
	case Tested:
		return "For 7: " + or(s.Seven, "the test is repeated, results are compared and lead to changes: "+it.Proof)
	case Optimized:
		return "It stays at 7 by this: " + or(s.Seven, it.Proof)
	case NotApplicable:
		return "This is left out of the score. Look at the reason again each cycle."
	}
	return "First ask around. For 5: " + it.InPlace
}
