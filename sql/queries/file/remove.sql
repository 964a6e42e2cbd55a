DELETE FROM sealed_file WHERE digest = $1
