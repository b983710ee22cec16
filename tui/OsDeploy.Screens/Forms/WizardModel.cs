namespace OsDeploy.Screens.Forms;

/// <summary>One form of a wizard.</summary>
/// <param name="Applies">Whether it is asked at all, looked at each time it is its turn; null: always.</param>
/// <param name="Prepare">Fetches what the page shows; what it throws is shown, and the page before stays.</param>
internal sealed record WizardPage(FormModel Form, Func<bool>? Applies = null, Func<CancellationToken, Task>? Prepare = null);

/// <summary>Forms one after another, with a way back. The last one's action does the work.</summary>
internal sealed class WizardModel(string title, params IReadOnlyList<WizardPage> pages)
{
    private int _at = -1;

    public string Title { get; } = title;

    public IReadOnlyList<WizardPage> Pages { get; } = pages;

    public WizardPage Page => Pages[Math.Max(_at, 0)];

    /// <summary>From 1, among the pages that apply.</summary>
    public int Step => Applying.TakeWhile(page => page != Page).Count() + 1;

    public int Steps => Applying.Count();

    public bool IsFirst => Before is null;

    public bool IsLast => After is null;

    private IEnumerable<WizardPage> Applying => Pages.Where(AppliesNow);

    private int? Before => Nearest(Enumerable.Range(0, Math.Max(_at, 0)).Reverse());

    private int? After => Nearest(Enumerable.Range(_at + 1, Pages.Count - _at - 1));

    /// <summary>Goes to the next page that applies, from none to the first.</summary>
    /// <exception cref="UserErrorException">The page could not be prepared: the one before stays.</exception>
    /// <returns>False: there is none after this.</returns>
    public async Task<bool> NextAsync(CancellationToken cancel)
    {
        if (After is not { } next)
        {
            return false;
        }

        if (Pages[next].Prepare is { } prepare)
        {
            await prepare(cancel);
        }

        _at = next;
        return true;
    }

    /// <returns>False: this is the first.</returns>
    public bool Back()
    {
        var before = Before;
        _at = before ?? _at;
        return before is not null;
    }

    private static bool AppliesNow(WizardPage page) => page.Applies?.Invoke() ?? true;

    private int? Nearest(IEnumerable<int> numbers) => numbers.Where(number => AppliesNow(Pages[number])).Select(number => (int?)number).FirstOrDefault();
}
