namespace OsDeploy.Tests.Helper;

/// <summary>What lsblk 2.38 and 2.41 write for the columns the helper asks for.</summary>
internal static class LsblkSamples
{
    /// <summary>A system disk with LVM, a blank disk, a stick that was started from, a drive without a disc, and compressed memory.</summary>
    public const string Server = """
        {
           "blockdevices": [
              {"name":"sda", "path":"/dev/sda", "type":"disk", "size":1000204886016, "model":"WDC WD10EZEX-08W", "serial":"WD-WCC6Y0AAAAAA", "tran":"sata", "ro":false, "rm":false, "mountpoints":[null],
                 "children": [
                    {"name":"sda1", "path":"/dev/sda1", "type":"part", "size":536870912, "model":null, "serial":null, "tran":null, "ro":false, "rm":false, "mountpoints":[null]},
                    {"name":"sda2", "path":"/dev/sda2", "type":"part", "size":999666974720, "model":null, "serial":null, "tran":null, "ro":false, "rm":false, "mountpoints":[null],
                       "children": [
                          {"name":"vg-root", "path":"/dev/mapper/vg-root", "type":"lvm", "size":998596345856, "model":null, "serial":null, "tran":null, "ro":false, "rm":false, "mountpoints":[null]}
                       ]
                    }
                 ]
              },{"name":"nvme0n1", "path":"/dev/nvme0n1", "type":"disk", "size":512110190592, "model":"KXG6AZNV512G", "serial":"S1", "tran":"nvme", "ro":false, "rm":false, "mountpoints":[null]},
              {"name":"sdb", "path":"/dev/sdb", "type":"disk", "size":8004304896, "model":"Flash", "serial":"F1", "tran":"usb", "ro":false, "rm":true, "mountpoints":[null],
                 "children": [
                    {"name":"sdb1", "path":"/dev/sdb1", "type":"part", "size":8003256320, "model":null, "serial":null, "tran":null, "ro":false, "rm":true, "mountpoints":["/run/live/medium", "/mnt"]}
                 ]
              },
              {"name":"sr0", "path":"/dev/sr0", "type":"rom", "size":1073741312, "model":"DVD", "serial":null, "tran":"sata", "ro":false, "rm":true, "mountpoints":[null]},
              {"name":"zram0", "path":"/dev/zram0", "type":"disk", "size":4294967296, "model":null, "serial":null, "tran":null, "ro":false, "rm":false, "mountpoints":["[SWAP]"]}
           ]
        }
        """;
}
