SELECT digest FROM sealed_file WHERE digest = ANY ($1)
