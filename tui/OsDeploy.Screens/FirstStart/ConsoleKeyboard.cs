namespace OsDeploy.Screens.FirstStart;

/// <summary>The keyboard of the appliance's own screen: the one that was said at its start, else that of the language that is chosen. A password is typed with it.</summary>
/// <param name="said">Null: nothing was said.</param>
/// <param name="load">Makes the screen's keyboard one of this name.</param>
internal sealed class ConsoleKeyboard(string? said, Func<string, CancellationToken, Task> load)
{
    private readonly bool _isSaid = said is not null;

    /// <summary>Null: nobody has chosen yet.</summary>
    public string? InForce { get; private set; } = said;

    /// <param name="language">As <see cref="Words.Language.Code"/>.</param>
    public async Task FollowAsync(string language, CancellationToken cancel)
    {
        if (!_isSaid)
        {
            InForce = Of(language);
            await load(InForce, cancel);
        }
    }

    private static string Of(string language) => language switch
    {
        "de" => "de",
        "fr" => "fr",
        _ => "us",
    };
}
