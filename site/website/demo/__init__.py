"""The demonstration: invented people and texts, dates around today, accounts that everybody knows; refuses to work elsewhere."""
