using OsDeploy.Api;
using OsDeploy.Api.Boot;
using OsDeploy.Screens.Forms;

namespace OsDeploy.Screens.Console.Network;

/// <summary>Takes in a client build that lies on the appliance.</summary>
internal sealed class BuildAddition
{
    private readonly ConsoleContext _context;
    private readonly TextEntry _folder;
    private readonly CheckEntry _current;

    public BuildAddition(ConsoleContext context)
    {
        _context = context;
        _folder = new TextEntry("folder", Words.Starting.AddFolder)
        {
            IsRequired = true,
            MaxLength = 500,
            Rule = path => Path.IsPathFullyQualified(path) ? null : Words.Starting.AddRule,
            Help = Words.Starting.AddFolderHelp,
        };
        _current = new CheckEntry("current", Words.Starting.AddCurrent, value: true);
        Model = new FormModel(Words.Starting.AddTitle, [_folder, _current], new FormAction("add", Words.Starting.ActAdd, AddAsync))
        {
            Help = Words.Starting.BuildsHelp,
            Equivalent = () => [new CommandLine("boot", "builds", "add", _folder.Value).Flag("--make-current", _current.Value)],
        };
    }

    public FormModel Model { get; }

    /// <summary>Null: none was.</summary>
    public BootBuild? Added { get; private set; }

    private async Task AddAsync(CancellationToken cancel)
    {
        var added = await _context.Session.CallAsync(BootApi.AddBuild, new NewBootBuild(_folder.Value), cancel);
        Added = _current.Value ? await _context.Session.CallAsync(BootApi.UseBuild, new BootBuildChoice(added.Id), cancel) : added;
    }
}
