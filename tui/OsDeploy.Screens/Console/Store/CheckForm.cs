using OsDeploy.Images.Folder;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;

namespace OsDeploy.Screens.Console.Store;

/// <summary>Reads chunks and proves them: those of one version, or all.</summary>
internal sealed class CheckForm
{
    private const string Everything = "all";
    private const string OnlyThis = "this";

    private readonly StoreDesk _desk;
    private readonly VersionRow? _row;
    private readonly ChoiceEntry _what;

    /// <param name="row">Null: only the whole store can be meant.</param>
    public CheckForm(StoreDesk desk, VersionRow? row)
    {
        (_desk, _row) = (desk, row is { IsDeleted: false } ? row : null);
        List<Choice> choices = [new Choice(Everything, Words.Store.CheckAll)];
        if (_row is not null)
        {
            choices.Insert(0, new Choice(OnlyThis, Language.Fill(Words.Store.CheckOne, _row.Name)));
        }

        _what = new ChoiceEntry("what", Words.Store.CheckWhat, choices, choices[0].Id);
        Model = new FormModel(
            Words.Store.CheckTitle,
            [_what, new InfoEntry("time", () => Words.Store.CheckTime)],
            new FormAction("check", Words.Store.CheckAction, CheckAsync))
        {
            Help = Words.Store.CheckHelp,
            Equivalent = () => [StoreCommands.Check(Chosen)],
        };
    }

    public FormModel Model { get; }

    /// <summary>Null: nothing was checked.</summary>
    public CheckReport? Report { get; private set; }

    private VersionRow? Chosen => _what.Value == OnlyThis ? _row : null;

    private async Task CheckAsync(CancellationToken cancel) => Report = await _desk.CheckAsync(Chosen, cancel);
}
