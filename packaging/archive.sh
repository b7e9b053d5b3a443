# For scripts that install Debian into a directory of its own; to be sourced.

# Where this machine gets Debian's main archive from: only its own configuration knows the host.
archive() {
  apt-get indextargets --format '$(ORIGIN)|$(LABEL)|$(COMPONENT)|$(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
    awk -F'|' '$1 == "Debian" && $2 == "Debian" && $3 == "main" { print $4; exit }'
}
