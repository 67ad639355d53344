package cyber

import (
	"interlocal/model"
	"interlocal/model/cyber"
	"interlocal/store"
)

// carryForward brings a city's answers of the cycle before into this one, to
// be confirmed one by one, and tells how many they are.
func carryForward(tx *store.Tx, cycle model.CycleID, city model.PartnerID) (int, error) {
	carried, err := cyber.Carry(tx, cycle, city)
	if err != nil {
		return 0, err
	}
	for _, a := range carried.Answers {
		if _, err := store.Put(tx, a); err != nil {
			return 0, err
		}
	}
	return len(carried.Answers), nil
}
