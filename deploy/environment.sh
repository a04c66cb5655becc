# Sourced by deploy/run and deploy/test: makes a virtual environment that matches a lock file.
#
#   environment FOLDER LOCK   leaves `python` pointing into FOLDER, set up from LOCK
#   addition FOLDER LOCK      installs what LOCK lists on top, where that is not done yet
#
# A stamp written last says that the set-up is whole; without it the folder is made anew, so a
# set-up that was broken off is never used.

TORCH="torch==2.13.0"

say() { echo "${0##*/}: $*" >&2; }
fail() { say "$*"; exit 1; }

# Prints a Python of 3.11 or later that can make virtual environments.
find_python() {
    local candidate
    for candidate in ${PYTHON:-} python3.13 python3.12 python3.11 python3 python; do
        command -v "$candidate" >/dev/null || continue
        "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
        "$candidate" -c 'import venv, ensurepip' 2>/dev/null || {
            say "$candidate cannot make virtual environments (on Debian: apt install python3-venv)."
            continue
        }
        echo "$candidate"
        return
    done
    fail "Python 3.11 or later is needed. Install it, or name one: PYTHON=/path/to/python3.11"
}

# Runs pip; on failure says in one line what is wrong and what to do.
pip_or_explain() {
    local log status=0
    log=$(mktemp)
    "$python" -m pip --disable-pip-version-check install --quiet "$@" 2>"$log" || status=$?
    if [ "$status" != 0 ]; then
        local why
        if grep -qi "no space left" "$log"; then
            why="The disk is full. Free about 2 GB (df -h .), then run this again."
        elif grep -qi "do not match the hashes" "$log"; then
            why="A package does not match its recorded hash. Do not go on; check the package index."
        elif grep -qiE "connection|timed out|resolve|retries|could not find a version" "$log"; then
            why="The package index cannot be reached. Check the network, or set PIP_INDEX_URL or HTTPS_PROXY, then run this again."
        else
            why="pip failed: $(grep -iE '^error' "$log" | tail -n 1). Run this again, or remove $folder first."
        fi
        rm -f "$log"
        fail "$why"
    fi
    rm -f "$log"
}

environment() {
    folder=$1
    local lock=$2 base wanted
    python=$folder/bin/python
    wanted=$(cat "$lock" pyproject.toml deploy/environment.sh | cksum)
    if [ -x "$python" ] && [ "$(cat "$folder/ready" 2>/dev/null)" = "$wanted" ]; then
        return
    fi
    base=$(find_python)
    if [ -d "$folder" ] && [ ! -f "$folder/ready" ]; then
        say "An earlier set-up was not finished; starting over."
        rm -rf "$folder"
    fi
    rm -f "$folder/ready"
    say "Setting up $folder (once, a minute or two) ..."
    "$base" -m venv "$folder" || fail "$base could not make $folder. Check free disk space (df -h .)."
    if [ "$lock" = deploy/requirements-test.lock ]; then
        # Which build of torch fits depends on the machine, so its version is pinned, not its hash.
        pip_or_explain "$TORCH"
    fi
    pip_or_explain --require-hashes --no-deps -r "$lock"
    pip_or_explain --no-deps --no-build-isolation --editable .
    echo "$wanted" >"$folder/ready" || fail "The disk is full. Free some space, then run this again."
}

addition() {
    folder=$1
    local lock=$2 stamp wanted
    stamp=$folder/ready-$(basename "$lock" .lock)
    wanted=$(cat "$lock" "$folder/ready" | cksum)
    if [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then
        return
    fi
    python=$folder/bin/python
    pip_or_explain --require-hashes --no-deps -r "$lock"
    echo "$wanted" >"$stamp" || fail "The disk is full. Free some space, then run this again."
}
