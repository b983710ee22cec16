# An appliance as its ISO makes one, as far as SSH sees it, in file systems of its own: nothing of this computer changes. The real
# sshd, PAM, libnss-extrausers, daemon, helper and login program, with the configuration files of iso/appliance.
# usage: unshare --mount sh appliance.sh FOLDER OVERLAY PROGRAM DAEMON HELPER DOTNET
set -eu
folder=$1 overlay=$2 program=$3 daemon=$4 helper=$5 dotnet=$6

mkdir -p "$folder/layers"
mount -t tmpfs tmpfs "$folder/layers"
for place in etc usr/lib var/lib; do
    mkdir -p "$folder/layers/$place/up" "$folder/layers/$place/work"
    mount -t overlay overlay -o "lowerdir=/$place,upperdir=$folder/layers/$place/up,workdir=$folder/layers/$place/work" "/$place"
done
mount -t tmpfs -o mode=755 tmpfs /run
mkdir -p /run/sshd /run/osdeploy /var/lib/extrausers
mount --bind "$folder/run" /run/osdeploy
mount --bind "$folder/extrausers" /var/lib/extrausers

cp -r "$(dirname "$program")" /usr/lib/osdeploy
ln -s osdeploy /usr/lib/osdeploy/osdeploy-login
cp -r "$(dirname "$daemon")" /usr/lib/osdeploy-daemon
cp -r "$(dirname "$helper")" /usr/lib/osdeploy-helper
mkdir -p /etc/dotnet
echo "$dotnet" >/etc/dotnet/install_location

cp "$overlay/etc/ssh/sshd_config" /etc/ssh/sshd_config
cp "$overlay/etc/pam.d/sshd" /etc/pam.d/sshd
sed -i 's/^passwd:.*/passwd: files extrausers/' /etc/nsswitch.conf
echo 'osdeploy:*:990:991::/:/usr/sbin/nologin' >>/etc/passwd
echo 'osdeploy-operators:x:991:' >>/etc/group
mkdir -m 700 /var/lib/osdeploy-ssh
cp "$folder/host" /var/lib/osdeploy-ssh/ssh_host_ed25519_key
chmod 600 /var/lib/osdeploy-ssh/ssh_host_ed25519_key

mkdir -p -m 700 "$folder/data"
mkdir -p "$folder/boot"
chown 990:991 "$folder/data" "$folder/boot" "$folder/run" "$folder/password"
chmod 755 "$folder/run" "$folder/extrausers"

"/usr/lib/osdeploy-helper/$(basename "$helper")" --socket /run/osdeploy/helper.sock --allow-uid 990 --boot-folder "$folder/boot" >"$folder/helper.log" 2>&1 &
setpriv --reuid 990 --regid 991 --clear-groups "/usr/lib/osdeploy-daemon/$(basename "$daemon")" --data "$folder/data" --boot-folder "$folder/boot" \
    --socket /run/osdeploy/osdeployd.sock --helper /run/osdeploy/helper.sock --listen 127.0.0.1:7443 --mirror-operators \
    --first-operator anna --password-file "$folder/password" >"$folder/daemon.log" 2>&1 &
exec /usr/sbin/sshd -D -e -E "$folder/sshd.log"
