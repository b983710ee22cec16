using OsDeploy.Boot;
using OsDeploy.ImageBuilder;
using OsDeploy.ImageBuilder.Media;
using OsDeploy.ImageBuilder.Debian;
using OsDeploy.ImageBuilder.Modules;
using OsDeploy.ImageBuilder.Tree;
using OsDeploy.Lab.Pcs;

namespace OsDeploy.MachineTests.Boot;

/// <summary>
/// What <c>osdeploy-client.iso</c> starts with Wi-Fi, and over it a third archive that gives an emulated PC two radios of mac80211_hwsim: one is its
/// card, the other, in a network namespace within the PC, an access point with the PC's only cable behind it.
/// </summary>
/// <param name="keys">How it tells its key, as hostapd writes it: <c>WPA-PSK</c>, or <c>SAE</c> of WPA3.</param>
internal sealed class AirLab(string folder, string keys = "WPA-PSK")
{
    /// <summary>With an escape sequence in it: anybody may call a network anything.</summary>
    public const string Network = "Sch\u001b[2Jule";

    public const string Key = "seventeen quiet owls";

    private const string Air = "usr/lib/osdeploy/air/";
    private const string Machine = "usr/lib/osdeploy/machine";

    private static readonly string s_artifacts = Path.GetFullPath($"{ClientImageFiles.Folder}/../..");
    private static readonly BuildOptions s_options = new(Path.GetFullPath($"{s_artifacts}/../iso/client"), "", Path.Combine(s_artifacts, "cache"), "", null, 1, Refresh: false);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="medium">The file for sticks and discs.</param>
    public async Task<PcKernel> KernelAsync(string medium, string parameters)
    {
        var xorriso = new ToolTree((await PackagesAsync(s_options.ListOf("medium/packages.txt"))).FullPath(""));
        await xorriso.RunAsync("xorriso", ["-osirrox", "on", "-indev", medium, "-extract", "/osdeploy", Path.Combine(folder, "medium")], Cancel);
        var together = Path.Combine(folder, "initrd");
        await using (var output = File.Create(together))
        {
            foreach (var part in new[] { "medium/" + ClientBuild.Initrd, "medium/" + WirelessPart.Name, await AccessPointAsync() })
            {
                await using var input = File.OpenRead(Path.Combine(folder, part));
                await input.CopyToAsync(output, Cancel);
                output.Position = (output.Position + 3) / 4 * 4; // as GRUB puts them one after the other
            }
        }

        var line = string.Join(' ', s_options.ListOf("command-line.txt"));
        return new PcKernel(Path.Combine(folder, "medium", ClientBuild.Kernel), together, $"{line} console=tty1 console=ttyS0 {parameters}");
    }

    private async Task<string> AccessPointAsync()
    {
        var (image, source) = (await PackagesAsync(s_options.ListOf("packages.txt")), await PackagesAsync(["base-files", "hostapd", "iw"]));
        var kernel = KernelModules.VersionIn(image);
        var modules = new ClientTree(image);
        var work = Directory.CreateDirectory(Path.Combine(folder, "modules")).FullName;
        await new KernelModules(image, modules, kernel).AddAsync([.. s_options.ListOf("modules.txt"), .. s_options.ListOf("wifi/modules.txt"), "mac80211_hwsim", "bridge"], work, Cancel);

        var tree = new ClientTree(source);
        Assert.True(tree.TryTake("usr/sbin/hostapd"));
        Assert.True(tree.TryTake("usr/sbin/iw"));
        new LibraryClosure(source, tree).Complete();
        foreach (var (name, entry) in modules.Entries)
        {
            tree.Put(name, entry);
        }

        Put(tree, Air + "start", StartScript, isProgram: true);
        Put(tree, Air + "hostapd.conf", $"interface=wlan1\nbridge=br0\ndriver=nl80211\nssid2={Convert.ToHexStringLower(System.Text.Encoding.UTF8.GetBytes(Network))}\n"
            + $"hw_mode=g\nchannel=1\nwpa=2\nwpa_key_mgmt={keys}\nieee80211w={(keys == "SAE" ? 2 : 0)}\nrsn_pairwise=CCMP\nwpa_passphrase={Key}\n");
        var machine = await File.ReadAllTextAsync(Path.Combine(s_options.Definition, "overlay", Machine), Cancel);
        Put(tree, Machine, machine.Replace("#!/bin/sh\n", $"#!/bin/sh\n[ -e /run/air ] || /{Air}start\n", StringComparison.Ordinal), isProgram: true);
        const string made = "air.img";
        await Initrd.PackAsync(tree, Path.Combine(folder, "air.cpio"), Path.Combine(folder, made), 1, Cancel);
        return made;
    }

    // Programs have their paths: the shell would take its own. The card of the PC goes behind the access point: without Wi-Fi there is no way out.
    private const string StartScript =
        """
        #!/bin/sh
        mkdir /run/air
        {
            /usr/sbin/modprobe mac80211_hwsim radios=2
            /usr/sbin/modprobe bridge
            /usr/bin/ip netns add air
            iw phy phy1 set netns name air
            /usr/bin/ip link set eth0 netns air
            /usr/bin/ip -n air link add br0 type bridge
            /usr/bin/ip -n air link set br0 up
            /usr/bin/ip -n air link set eth0 master br0 up
            /usr/bin/ip netns exec air hostapd -B /usr/lib/osdeploy/air/hostapd.conf
        } >/run/air/log 2>&1
        cat /run/air/log

        """;

    private static void Put(ClientTree tree, string name, string text, bool isProgram = false) =>
        tree.Put(name, new Entry.Written(System.Text.Encoding.UTF8.GetBytes(text), isProgram));

    private static async Task<SourceTree> PackagesAsync(IReadOnlyList<string> packages)
    {
        var unpacked = await PackageTree.GetAsync(s_options.Cache, packages, () => DebianMirror.Choose(null, AptSources.OfThisComputer()), refresh: false, Cancel);
        return new SourceTree(unpacked.Root);
    }
}
