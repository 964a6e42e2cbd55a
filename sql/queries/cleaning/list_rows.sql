SELECT row_number, choice, candidate, decided_by, decided_at, version, sealed_payload
FROM cleaning_row
WHERE job_id = $1 AND row_number > $2
  AND ($3 = 'held' AND is_held OR $3 = 'open' AND is_held AND choice = 'open' OR $3 = 'decided' AND choice <> 'open')
ORDER BY row_number
LIMIT $4;
