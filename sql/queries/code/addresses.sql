-- Addresses and rooms, whose id is their address's.
SELECT address.id, address.display, address.code, address.status, address.version, address.division_code
FROM address
WHERE address.county_code = $1 AND address.id = ANY ($2);
