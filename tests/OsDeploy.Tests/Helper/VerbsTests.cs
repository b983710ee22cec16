using System.Reflection;
using OsDeploy.Api;
using OsDeploy.Api.Appliance;
using OsDeploy.Api.Helper;
using OsDeploy.Helper;
using OsDeploy.Helper.Storage;
using Xunit;

namespace OsDeploy.Tests.Helper;

public sealed class VerbsTests
{
    [Theory]
    [InlineData(PowerAction.Restart, "systemctl reboot")]
    [InlineData(PowerAction.Off, "systemctl poweroff")]
    public void Power_is_a_word_to_systemd(PowerAction action, string program) => Assert.Equal([program], ProgramsOf(new PowerRequest(action), true));

    [Theory]
    [InlineData(true, "date --utc --set=@1795269130", "hwclock --systohc")]
    [InlineData(false, "date --utc --set=@1795269130")]
    public void The_clock_on_the_board_is_set_if_there_is_one(bool hasBoardClock, params string[] programs) =>
        Assert.Equal(programs, ProgramsOf(new ClockRequest(new DateTimeOffset(2026, 11, 21, 13, 52, 10, TimeSpan.Zero)), hasBoardClock));

    [Fact]
    public void What_only_looks_is_not_roots_alone()
    {
        Assert.All(new HelperRequest[] { new DiskHealthRequest(), new JournalRequest() }, request => Assert.True(ApplianceVerbs.Knows(request) && !ApplianceVerbs.IsOfFirstStart(request)));
        Assert.True(ApplianceVerbs.IsOfFirstStart(new DataDisksRequest()));
    }

    [Fact]
    public void The_clock_is_never_set_outside_its_bounds() =>
        Assert.Equal("clock-out-of-range", Assert.Throws<UserErrorException>(() => ProgramsOf(new ClockRequest(DateTimeOffset.UnixEpoch), false)).Code);

    [Theory]
    [InlineData("--socket", "/run/osdeploy/helper.sock", "--allow-uid", "990")]
    [InlineData("--allow-uid", "990", "--dry-run", "--socket", "/run/osdeploy/helper.sock")]
    public void Its_options_come_in_any_order(params string[] arguments) =>
        Assert.Equal(new Options("/run/osdeploy/helper.sock", 990, arguments.Contains("--dry-run")), Options.Parse(arguments));

    [Theory]
    [InlineData]
    [InlineData("--socket", "/run/helper.sock")]
    [InlineData("--allow-uid", "990")]
    [InlineData("--socket", "helper.sock", "--allow-uid", "990")]
    [InlineData("--socket", "/run/", "--allow-uid", "990")]
    [InlineData("--socket", "", "--allow-uid", "990")]
    [InlineData("--socket", "/run/a.sock", "--socket", "/run/b.sock", "--allow-uid", "990")]
    [InlineData("--socket", "/run/helper.sock", "--allow-uid")]
    [InlineData("--socket", "/run/helper.sock", "--allow-uid", "-1")]
    [InlineData("--socket", "/run/helper.sock", "--allow-uid", "4294967295")]
    [InlineData("--socket", "/run/helper.sock", "--allow-uid", "anna")]
    [InlineData("--socket", "/run/helper.sock", "--allow-uid", "990", "--force")]
    [InlineData("--socket", "/run/helper.sock", "--allow-uid", "990", "--data", "../data")]
    [InlineData("--socket", "/run/helper.sock", "--allow-uid", "990", "--data", "/a", "--data", "/b")]
    public void Other_arguments_are_refused(params string[] arguments) =>
        Assert.Equal("usage-arguments", Assert.Throws<UserErrorException>(() => Options.Parse(arguments)).Code);

    [Fact]
    public void A_path_that_no_socket_can_have_is_refused()
    {
        Assert.Equal(107, Options.Parse(["--socket", "/" + new string('a', 106), "--allow-uid", "1"]).Socket.Length);
        Assert.Throws<UserErrorException>(() => Options.Parse(["--socket", "/" + new string('a', 107), "--allow-uid", "1"]));
    }

    [Theory]
    [InlineData(typeof(OsDeploy.Helper.Errors))]
    [InlineData(typeof(HelperErrors))]
    public void Every_error_has_its_own_code_one_sentence_and_a_hint(Type factories)
    {
        var errors = factories.GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Where(factory => factory.Name != nameof(HelperErrors.FromHelper)) // the words of another program
            .Select(factory => (UserErrorException)factory.Invoke(null, [.. factory.GetParameters().Select(SampleOf)])!)
            .ToList();

        Assert.NotEmpty(errors);
        Assert.Equal(errors.Count, errors.Select(error => error.Code).Distinct().Count());
        Assert.All(errors, error =>
        {
            Assert.Matches("^[a-z]+(-[a-z]+)+$", error.Code);
            Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
            Assert.EndsWith(".", error.Hint, StringComparison.Ordinal);
            Assert.True(HelperAnswer.Refused(error) is { Message: { } message, Hint: { } hint } && message == error.Message && hint == error.Hint);
        });
    }

    private static object? SampleOf(ParameterInfo parameter) => parameter.ParameterType switch
    {
        var type when type == typeof(string) => "something",
        var type when type == typeof(TimeSpan) => TimeSpan.FromSeconds(15),
        var type when type == typeof(Peer) => new Peer(12, 34),
        var type when type == typeof(DataDisk) => new DataDisk("/dev/sdb", "sdb", "A disk", "S1", 1 << 30, DataDiskState.TooSmall, []),
        var type when type == typeof(BlockDevice) => BlockDevice.Parse(LsblkSamples.Server)[0],
        var type when type == typeof(IReadOnlyList<BlockDevice>) => BlockDevice.Parse(LsblkSamples.Server),
        var type when type == typeof(CommandResult) => new CommandResult(4, "several lines\nof it\n", ""),
        var type when type.IsAssignableFrom(typeof(FormatException)) => new FormatException("the line has no end"),
        _ => null,
    };

    private static IEnumerable<string> ProgramsOf(HelperRequest request, bool hasBoardClock) =>
        Verbs.ProgramsOf(request, hasBoardClock).Select(program => program.ToString());
}
