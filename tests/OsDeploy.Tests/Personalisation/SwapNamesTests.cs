using OsDeploy.Personalisation;
using Xunit;

namespace OsDeploy.Tests.Personalisation;

public sealed class SwapNamesTests
{
    private const string Old = "11111111-2222-3333-4444-555555555555";
    private const string Now = "99999999-2222-3333-4444-555555555555";
    private const string Other = "88888888-2222-3333-4444-555555555555";

    [Theory]
    [InlineData($"UUID={Old} none swap sw 0 0", $"UUID={Now} none swap sw 0 0")]
    [InlineData($"UUID=\"{Old}\" none swap sw 0 0", $"UUID=\"{Now}\" none swap sw 0 0")]
    [InlineData($"/dev/disk/by-uuid/{Old}\tswap\tswap\tdefaults", $"/dev/disk/by-uuid/{Now}\tswap\tswap\tdefaults")]
    [InlineData($"UUID={Old} / ext4 defaults 0 1", $"UUID={Old} / ext4 defaults 0 1")]
    [InlineData($"#UUID={Old} none swap sw", $"#UUID={Old} none swap sw")]
    [InlineData($"PARTUUID={Old} none swap sw 0 0", $"PARTUUID={Old} none swap sw 0 0")]
    [InlineData($"UUID={Old} none swap sw\nUUID={Other} none swap sw", $"UUID={Old} none swap sw\nUUID={Other} none swap sw")]
    [InlineData("/dev/sda2 none swap sw", "/dev/sda2 none swap sw")]
    [InlineData("/swapfile none swap sw", "/swapfile none swap sw")]
    public void The_line_of_the_swap_area_names_the_one_there_is(string before, string after) => Assert.Equal(after, SwapNames.InTable(before, [Now]));

    [Fact]
    public void Where_none_or_several_could_be_meant_nothing_changes()
    {
        const string table = $"UUID={Old} none swap sw 0 0\n";
        Assert.Equal(table, SwapNames.InTable(table, []));
        Assert.Equal(table, SwapNames.InTable(table, [Now, Other]));
    }

    [Fact]
    public void The_place_to_wake_up_from_is_the_same_one() => Assert.Equal($"# a\nRESUME=UUID={Now}\n", SwapNames.InResume($"# a\nRESUME=UUID={Old}\n", [Now]));
}
