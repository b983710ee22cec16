using OsDeploy.ImageBuilder.Modules;
using Xunit;

namespace OsDeploy.Tests.ImageBuilder;

public sealed class FirmwareNamesTests
{
    private static readonly HashSet<string> s_present =
    [
        "iwlwifi-cc-a0-59.ucode", "iwlwifi-cc-a0-72.ucode", "iwlwifi-cc-a0-77.ucode", "iwlwifi-cc-a0-100.ucode", "iwlwifi-cc-a0.pnvm", "iwlwifi-100-5.ucode",
        "ath11k/QCA6390/hw2.0/amss.bin", "ath11k/QCA6390/hw2.0/deep/amss.bin", "brcm/brcmfmac4356-pcie.bin", "brcm/brcmfmac4356-pcie.maker.txt", "rtw88/fw.bin",
    ];

    [Theory]
    [InlineData("rtw88/fw.bin", "rtw88/fw.bin")]
    [InlineData("rtw88/none.bin", "")]
    [InlineData("iwlwifi-cc-a0-77.ucode", "iwlwifi-cc-a0-77.ucode")]
    [InlineData("iwlwifi-cc-a0-89.ucode", "iwlwifi-cc-a0-77.ucode")]
    [InlineData("iwlwifi-cc-a0-73.ucode", "iwlwifi-cc-a0-72.ucode")]
    [InlineData("iwlwifi-cc-a0-58.ucode", "")]
    [InlineData("iwlwifi-cc-99.ucode", "")]
    [InlineData("iwlwifi-100-6.ucode", "iwlwifi-100-5.ucode")]
    [InlineData("ath11k/QCA6390/hw2.0/*", "ath11k/QCA6390/hw2.0/amss.bin")]
    [InlineData("brcm/brcmfmac*-pcie.*.txt", "brcm/brcmfmac4356-pcie.maker.txt")]
    [InlineData("brcm/.*", "")]
    public void What_a_module_asks_for_is_found(string asked, string expected) => Assert.Equal(expected, string.Join(' ', FirmwareNames.Choose([asked], s_present)));

    [Fact]
    public void A_file_that_two_ask_for_comes_once() => Assert.Equal(["rtw88/fw.bin"], FirmwareNames.Choose(["rtw88/fw.bin", "rtw88/*", "rtw88/fw.bin"], s_present));
}
