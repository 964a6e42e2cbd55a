SELECT state, count(*)
FROM alias
WHERE county_code = ANY ($1)
GROUP BY state;
