using OsDeploy.Api.Helper;
using OsDeploy.Screens.Shell;
using OsDeploy.Screens.Words;
using OsDeploy.SetUp;

namespace OsDeploy.Screens.FirstStart.Views;

/// <summary>The assistant on one terminal, from the language to the end.</summary>
internal sealed class FirstStartScreens : IDisposable
{
    private readonly IApplication _app;
    private readonly FirstStartWork _work;
    private readonly HelperClient _helper;
    private readonly Func<IReadOnlyList<NetworkCard>> _cards;
    private readonly Func<string, bool> _hasZone;
    private readonly Dialogs _dialogs;
    private readonly ScreenFrame _frame;

    public FirstStartScreens(IApplication app, FirstStartWork work, HelperClient helper, Func<IReadOnlyList<NetworkCard>> cards, Func<string, bool> hasZone, TimeProvider time)
    {
        (_app, _work, _helper, _cards, _hasZone) = (app, work, helper, cards, hasZone);
        _dialogs = new Dialogs(app, time);
        _frame = new ScreenFrame(_dialogs, []);
        _dialogs.Ground = _frame;
    }

    /// <summary>Writes a fault down for whoever mends it; the path of the file, null if there is none.</summary>
    public Func<Exception, string?> RecordFault { get; init; } = _ => null;

    /// <summary>The appliance is set up.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Until it is set up, whoever sits there leaves, or the terminal is gone.</summary>
    public void Run()
    {
        _frame.Go(new FirstStartView(Begin, Leave));
        _app.Invoke(Begin);
        _app.Run(_frame, new FaultGuard(_dialogs, RecordFault).Survives);
    }

    public void Dispose() => _frame.Dispose();

    private void Begin() => _dialogs.Try(() =>
    {
        using var languages = new PickDialog(FirstStartWizard.LanguageLabel, [.. Language.All.Select(language => language.Name)], Language.All.ToList().IndexOf(Language.Current));
        _dialogs.Run(languages);
        if (languages.Picked is not { } picked)
        {
            return;
        }

        Language.Use(Language.All[picked]);
        if (_work.Keyboard is { } keyboard)
        {
            _dialogs.Wait(FirstStartWizard.LanguageLabel, cancel => keyboard.FollowAsync(Language.Current.Code, cancel));
        }

        _frame.Go(new FirstStartView(Begin, Leave));
        IsDone = _dialogs.Wait(Words.FirstStart.Title, _work.ResumeAsync) || IsSetUp();
        if (IsDone)
        {
            _app.RequestStop(_frame);
        }
    });

    // From its stick, it is first asked whether it stays there.
    private bool IsSetUp()
    {
        var install = new InstallWork(_helper, _dialogs.Time);
        if (_dialogs.Wait(Words.FirstStart.Title, install.IsPossibleAsync))
        {
            var where = InstallWizard.WhereForm();
            if (_dialogs.Ask(where) is null)
            {
                return false;
            }

            if (InstallWizard.IsOnDisk(where))
            {
                Install(install);
                return false;
            }
        }

        return _dialogs.Ask(new FirstStartWizard(_work, _helper, _cards, _hasZone).Model);
    }

    private void Install(InstallWork install)
    {
        if (_dialogs.Ask(new InstallWizard(install, _helper).Model))
        {
            _dialogs.Tell(Words.Systems.InstallTitle, Words.Systems.InstallDone);
            _dialogs.Wait(Words.Systems.Done, install.RestartAsync);
        }
    }

    private void Leave() => _app.RequestStop(_frame);
}
