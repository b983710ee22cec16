using OsDeploy.SetUp;
using OsDeploy.Tests.Disks;
using Xunit;

namespace OsDeploy.Tests.SetUp;

public sealed class ApplianceSettingsTests : IDisposable
{
    private static readonly ApplianceSettings s_settings = new("de", "schulserver", "Europe/Berlin", new NetworkSettings("eth0", "10.0.0.1/24", "10.0.0.254", ["10.0.0.2"]));

    private readonly TemporaryFolder _folder = new();

    private string Kept => _folder["appliance.json"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_written_is_read_again()
    {
        s_settings.Write(_folder.Path);
        var read = ApplianceSettings.Read(_folder.Path)!;

        Assert.Equal(s_settings with { Network = read.Network }, read);
        Assert.Equal((s_settings.Network.Interface, s_settings.Network.Address, s_settings.Network.Gateway, "10.0.0.2"), (read.Network.Interface, read.Network.Address, read.Network.Gateway, Assert.Single(read.Network.Dns!)));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Without_a_file_there_are_none() => Assert.Null(ApplianceSettings.Read(_folder.Path));

    [Theory]
    [InlineData("fr-CA", "server", "UTC", "appliance-language")]
    [InlineData("fr", "the server", "UTC", "appliance-name")]
    [InlineData("fr", "server", "UTC/../..", "time-zone")]
    public void What_could_not_be_applied_is_not_written(string language, string name, string zone, string code)
    {
        var settings = new ApplianceSettings(language, name, zone, new NetworkSettings("eth0"));

        Assert.Equal(code, Assert.Throws<UserErrorException>(() => settings.Write(_folder.Path)).Code);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Damaged_settings_are_settings_or_refused()
    {
        s_settings.Write(_folder.Path);
        TextMutation.Fuzz(File.ReadAllText(Kept), text =>
        {
            File.WriteAllText(Kept, text);
            try
            {
                _ = ApplianceSettings.Read(_folder.Path);
            }
            catch (UserErrorException e)
            {
                throw new FormatException(e.Message, e);
            }
        });
    }

    [Fact]
    public void A_file_that_is_too_long_is_not_read()
    {
        File.WriteAllText(Kept, new string(' ', 20_000) + "{}");

        Assert.Equal("appliance-settings", Assert.Throws<UserErrorException>(() => ApplianceSettings.Read(_folder.Path)).Code);
    }
}
