package exchange_test

import (
	"interlocal/model"
	"interlocal/model/exchange"
)

func init() { exchange.NewSchema = model.NewSchema }
