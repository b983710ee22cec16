# Reads xunit's XML reports: time and result per class, then the one line that scripts read. A crash counts as a failure, and so
# does having run nothing.
BEGIN { RS = "<" }

function value(name,    text) {
    if (!match($0, " " name "=\"[^\"]*\"")) return ""
    text = substr($0, RSTART, RLENGTH)
    sub(/^[^"]*"/, "", text)
    sub(/"$/, "", text)
    return text
}

$1 == "assembly" {
    passed += value("passed"); failed += value("failed"); skipped += value("skipped")
}

$1 == "collection" {
    name = value("name")
    sub(/^Test collection for /, "", name)
    sub(/ \(id: .*/, "", name)
    printf "%8.1f s  %4d passed %4d failed %4d skipped  %s\n", value("time"), value("passed"), value("failed"), value("skipped"), name | "sort -rn"
}

$1 == "crash" {
    printf "%s ended with code %s before it had run everything.\n", value("name"), value("code")
    failed++
}

END {
    close("sort -rn")
    if (passed + failed == 0) { print "No test ran."; failed = 1 }
    printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped
    exit failed > 0
}
