using OsDeploy.Lab.Pcs;
using OsDeploy.Lab.Rooms;

namespace OsDeploy.MachineTests.Boot;

/// <summary>A computer that nobody has registered, and somebody in front of it.</summary>
public sealed class StrangerTests
{
    private const string AltN = "\en";
    private const string AltR = "\er";
    private static readonly TimeSpan s_boot = TimeSpan.FromMinutes(8);
    private static readonly TimeSpan s_page = TimeSpan.FromMinutes(1);

    public StrangerTests()
    {
        ClientImageFiles.OrSkip();
        Assert.SkipUnless(Full.IsAsked, "a start over the network takes a minute more: ./build.sh test --full runs it");
    }

    [Fact]
    public async Task It_is_registered_from_its_own_screen()
    {
        await using var classroom = await TestClassroom.OpenAsync(hasSchool: true, PcFirmware.Uefi);
        var screen = new SerialScreen(classroom.Lab.Pc(1).SwitchOn());
        await screen.UntilShowsAsync("User name", s_boot);
        await screen.TypeAsync($"{LabAppliance.User}\t{LabAppliance.Password}\r");
        await screen.UntilShowsAsync("Choose the room", s_page);
        await screen.TypeAsync(AltN);
        await screen.UntilShowsAsync("Choose the name", s_page);
        await screen.TypeAsync(AltR);
        await screen.UntilShowsAsync("Choose what to do", s_page);

        var host = Assert.Single((await classroom.Appliance.AskAsync("host", "list")).EnumerateArray()).ToString();
        Assert.Contains(classroom.Lab.Pc(1).Mac, host, StringComparison.OrdinalIgnoreCase);
        Assert.Contains($"\"{TestClassroom.Room}\"", host, StringComparison.Ordinal);
    }
}
