using OsDeploy.Api.Boot;
using OsDeploy.Server.Boot;
using Xunit;

namespace OsDeploy.Tests.Boot;

public sealed class BootPathTests
{
    private const string Id = "0123456789abcdef";

    private static readonly string[] s_foreign =
    [
        "", "/", "//", "/..", "/client", "/client/", $"/client/{Id}", $"/client/{Id}/", $"/client/{Id}/build.json", $"/client/{Id}/../vmlinuz", $"/client/{Id}//vmlinuz", $"/client/{Id}/vmlinuz/",
        $"/client/{Id}/loaders/shimx64.efi", $"/client/{Id.ToUpperInvariant()}/vmlinuz", "/client/0123456789abcde/vmlinuz", "/client/../../../etc/pas/vmlinuz", "/client/%2e%2e%2f%2e%2e%2f%2e%2/vmlinuz",
        "/grub/../documents.db", "/efi/../appliance.key", "/efi///grubx64.efi", "/EFI/shimx64.efi", "/boot.ipxe/", "/boot.ipxe%00", "/api/v1/about", "\\boot.ipxe", "/efi/revocations_sbat.efi",
    ];

    [Fact]
    public void What_is_on_the_list_is_served_and_nothing_else()
    {
        Assert.Equal(new ScriptPath(BootLoader.Ipxe), BootPath.Of("/boot.ipxe"));
        Assert.Equal(new EntryPath(BootLoader.Grub), BootPath.Of("/grub/grub.cfg"));
        Assert.Equal(new LoaderPath("grubx64.efi"), BootPath.Of("/efi//grubx64.efi"));
        Assert.Equal(new BuildPath(Id, "vmlinuz"), BootPath.Of($"/client/{Id}/vmlinuz"));
        Assert.Equal(new BuildPath(Id, "initrd.img"), BootPath.Of($"/client/{Id}/initrd.img"));
        Assert.All(s_foreign, target => Assert.Null(BootPath.Of(target)));
    }

    [Fact]
    public void What_ipxe_says_is_understood()
    {
        const string query = "mac=52-54-00-00-00-01&net0=52-54-00-00-00-01&net1=52-54-00-00-00-02&net2=&uuid=4c4c4544-0039-4b10-8052-000000000001&manufacturer=Dell%20Inc.&product=OptiPlex&serial=ABC123&platform=pcbios&long=1";

        Assert.True(BootRequest.TryParse(BootLoader.Ipxe, query, out var request));
        Assert.Equal(["52:54:00:00:00:01", "52:54:00:00:00:02"], request.Macs.Select(mac => mac.ToString()));
        Assert.Equal((BootFirmware.Bios, true, "Dell Inc.", "OptiPlex", "ABC123"), (request.Firmware, request.IsSupported, request.Vendor, request.Model, request.Serial));
    }

    [Fact]
    public void What_grub_says_is_understood_with_and_without_a_uuid()
    {
        Assert.True(BootRequest.TryParse(BootLoader.Grub, "mac=52:54:00:00:00:03&uuid=&platform=efi&cpu=x86_64&wish=tool", out var request));
        Assert.Equal((BootFirmware.Uefi, true, null, BootWish.Tool), (request.Firmware, request.IsSupported, request.Uuid, request.Wish));
        Assert.True(BootRequest.TryParse(BootLoader.Grub, "mac=52:54:00:00:00:03&cpu=i386", out var old));
        Assert.False(old.IsSupported);
        Assert.True(BootRequest.TryParse(BootLoader.Ipxe, "mac=525400000003&long=0", out old));
        Assert.False(old.IsSupported);
    }

    [Theory]
    [InlineData("")]
    [InlineData("mac=")]
    [InlineData("mac=nonsense")]
    [InlineData("mac=01:00:5e:00:00:01")]
    [InlineData("mac=525400000001&mac=525400000002")]
    [InlineData("mac=525400000001&MAC=1")]
    [InlineData("mac=525400000001&=1")]
    [InlineData("mac=525400000001&x/y=1")]
    public void What_no_script_of_ours_asks_is_refused(string query) => Assert.False(BootRequest.TryParse(BootLoader.Ipxe, query, out _));

    [Fact]
    public void Any_query_is_understood_or_refused_and_what_is_kept_can_be_shown() => Seeded.Cases(3000, random =>
    {
        var query = string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => s_pieces[random.Next(s_pieces.Length)]));
        if (BootRequest.TryParse(random.Next(2) == 0 ? BootLoader.Ipxe : BootLoader.Grub, query, out var request))
        {
            Assert.All(new[] { request.Vendor, request.Model, request.Serial }.OfType<string>(), text => Assert.DoesNotContain(text, char.IsControl));
            Assert.NotEmpty(request.Macs);
        }
    });

    private static readonly string[] s_pieces =
    [
        "mac=525400000001", "&", "net1=", "%00", "%0a", "%1b[2J", "uuid=", "4c4c4544-0039-4b10-8052-000000000001", "manufacturer=", "product=", "serial=", "é", "%ff", "=", "x", "%", "\u0000", "&platform=efi", "&long=1",
    ];
}
