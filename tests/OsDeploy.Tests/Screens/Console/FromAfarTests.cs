using OsDeploy.Screens.Console;
using OsDeploy.Screens.Console.Additions;
using OsDeploy.Screens.Console.Health;
using OsDeploy.Screens.Console.Hosts;
using OsDeploy.Screens.Console.Settings;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Session;
using Xunit;

namespace OsDeploy.Tests.Screens.Console;

/// <summary>A console that came over SSH touches no file of the appliance.</summary>
public sealed class FromAfarTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ApplianceSession _session;

    public FromAfarTests() => _session = new ApplianceSession("unix:" + _folder["no.sock"], null, TimeProvider.System) { HasFiles = false };

    private ConsoleContext Context => new(_session, () => SampleSchool.Small);

    public void Dispose()
    {
        _session.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task No_form_reads_or_writes_one()
    {
        var existing = _folder["existing"];
        await File.WriteAllTextAsync(existing, "content", TestContext.Current.CancellationToken);
        foreach (var (form, file) in new[]
        {
            (new BackupForm(Context, DateTimeOffset.UnixEpoch).Model, _folder["b.db"]),
            (new SupportForm(Context, DateTimeOffset.UnixEpoch).Model, _folder["s.tar.gz"]),
            (new HostExportForm(Context, DateTimeOffset.UnixEpoch).Model, _folder["h.csv"]),
            (new AdditionForm(Context, null).Model, existing),
            (new AdditionForm(Context, null).Model, _folder["nowhere"]),
        })
        {
            form.Get<TextEntry>("file").Value = file;
            Assert.Equal("files-elsewhere", (await Assert.ThrowsAsync<UserErrorException>(() => form.Actions[0].Run(TestContext.Current.CancellationToken))).Code);
        }

        Assert.Equal([existing], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Whatever_screen_of_the_console_touches_files_asks_first_whether_it_may()
    {
        string[] touches = ["File.Open", "File.Read", "File.Write", "File.Create", "OutputFile.", "new FileStream", "Directory.Create", "new Command("];
        var files = Repository.Files("*.cs", "tui/OsDeploy.Screens/Console").Where(file => touches.Any(word => Repository.Read(file).Contains(word, StringComparison.Ordinal))).ToList();

        Assert.Equal(4, files.Count);
        Assert.All(files, file => Assert.Contains("RequireFiles()", Repository.Read(file), StringComparison.Ordinal));
    }
}
