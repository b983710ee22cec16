namespace OsDeploy;

/// <summary>
/// Something the operator can act on. Any other exception is a fault in osdeploy.
/// Made only by the named factories of an <c>Errors.cs</c>, so that all wording can be reviewed in one sitting.
/// </summary>
/// <param name="code">Stable, greppable word such as <c>disk-too-small</c>.</param>
/// <param name="message">One sentence that says what cannot be done and why, with the numbers.</param>
/// <param name="hint">One sentence that says what to do about it.</param>
public sealed class UserErrorException(string code, string message, string hint, Exception? cause = null)
    : Exception(message, cause)
{
    public string Code { get; } = code;

    public string Hint { get; } = hint;

    /// <summary>When it is worth another attempt; null: nobody knows. By HTTP it is the header <c>Retry-After</c>.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
