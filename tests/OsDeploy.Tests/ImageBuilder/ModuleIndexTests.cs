using OsDeploy.ImageBuilder.Modules;
using Xunit;

namespace OsDeploy.Tests.ImageBuilder;

public sealed class ModuleIndexTests
{
    private readonly ModuleIndex _index = new(
        """
        kernel/lib/crc.ko.xz:
        kernel/net/phy/libphy.ko.xz: kernel/lib/crc.ko.xz
        kernel/net/phy/realtek-phy.ko.xz: kernel/net/phy/libphy.ko.xz kernel/lib/crc.ko.xz
        kernel/net/r8169.ko.xz: kernel/net/phy/libphy.ko.xz kernel/lib/crc.ko.xz
        kernel/fs/btrfs.ko.xz:
        """,
        """
        # Soft dependencies
        softdep r8169 pre: realtek_phy
        softdep btrfs pre: crc pre: blake2b-256
        """,
        """
        kernel/drivers/char/hw_random/rng-core.ko
        """);

    [Theory]
    [InlineData("crc", "crc")]
    [InlineData("r8169", "crc libphy realtek-phy r8169")]
    [InlineData("realtek-phy", "crc libphy realtek-phy")]
    [InlineData("realtek_phy", "crc libphy realtek-phy")]
    [InlineData("rng_core", "")]
    [InlineData("btrfs", "btrfs crc")]
    public void A_module_comes_with_what_it_needs_and_what_it_would_like(string name, string expected) =>
        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal), NamesOf(_index.Closure([name])).Order(StringComparer.Ordinal));

    [Fact]
    public void A_module_that_does_not_exist_is_named()
    {
        var error = Assert.Throws<UserErrorException>(() => _index.Closure(["crc", "r8196"]));
        Assert.Equal("module-missing", error.Code);
        Assert.Contains("r8196", error.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<string> NamesOf(IEnumerable<string> paths) => paths.Select(path => Path.GetFileName(path).Split('.')[0]);
}
