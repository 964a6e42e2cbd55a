UPDATE sign_in_failure SET not_before = $2 WHERE subject = $1
