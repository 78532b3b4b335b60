-- What a host told of what its administrator did without asking: emergency days, and seats that a floating server took back before their leases ended. For people; nothing is decided by it.
ALTER TABLE activation ADD COLUMN self_help TEXT; -- JSON: the newest figures, and the greatest that were ever told
