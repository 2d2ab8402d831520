-- An article of a feed that could not be read for some time counts although the last digest came after it.

ALTER TABLE gathered ADD COLUMN since TEXT;  -- day since which its feed had not been read; of feeds read before only
