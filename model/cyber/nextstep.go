package cyber

import "interlocal/model/cyber/framework"

// NextStep says what has to be true for the level after l, for this item.
func NextStep(it framework.Item, l Level) string {
	switch l {
	case NotPerformed:
		return "For 2, somebody does this at least now and then. Where it leads: " + it.InPlace
	case Informal:
		return "For 3, an adopted policy says that this is to be done and who answers for it. Where it leads: " +
			it.InPlace
	case Documented:
		return "For 4, the steps begin to be written down, so that someone new could follow them. Start with: " +
			it.InPlace
	case PartlyStandard:
		return "For 5, the steps are written and being carried out: " + it.InPlace
	case RiskAccepted:
		return "An acceptance counts 5 until it expires. To stand there by doing: " + it.InPlace
	case InProcess:
		return "For 6, it is tested and the result kept: " + it.Proof
	case Tested:
		return "For 7, the test is repeated on a schedule, results are compared over time and lead to changes: " +
			it.Proof
	case Optimized:
		return "This is the top level. It stays there while the test is repeated: " + it.Proof
	case NotApplicable:
		return "This is left out of the score. Look at the reason again each cycle."
	}
	return "Find out who does this today and how; that answer is the starting point. Level 5 looks like this: " +
		it.InPlace
}
