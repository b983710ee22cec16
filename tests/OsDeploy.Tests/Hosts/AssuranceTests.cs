using OsDeploy.Api.Hosts;
using Xunit;

namespace OsDeploy.Tests.Hosts;

public sealed class AssuranceTests
{
    [Theory]
    [InlineData("uefi", "on", 1)]
    [InlineData("uefi", "off", 0)]
    [InlineData("uefi", "setup", 0)]
    [InlineData("uefi", null, 0)]
    [InlineData("bios", null, 0)]
    [InlineData("bios", "on", 0)]
    public void Only_secure_boot_lifts_a_start_above_nothing(string firmware, string? secureBoot, int tier) =>
        Assert.Equal(tier, Assurance.TierOf(new Inventory("Vendor", "Model", firmware, 1, [], []) { SecureBoot = secureBoot }));
}
