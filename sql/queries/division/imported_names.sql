SELECT code, name, kind FROM division_name WHERE source <> 'edition' ORDER BY code, name, kind
