SELECT address_id, building_id
FROM building_address
WHERE county_code = $1 AND address_id = ANY ($2) AND is_main AND superseded_at IS NULL;
